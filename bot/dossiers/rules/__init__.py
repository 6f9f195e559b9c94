"""Pure rules of dossiers: values in, a refusal or nothing out."""
