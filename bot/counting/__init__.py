"""The counting board (tổ kiểm phiếu): who counts the slips of a matter or a secret vote, before whom and where."""
