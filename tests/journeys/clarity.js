// Finds controls under 44 pixels and words with less contrast than WCAG AA asks for; run inside the page.
(() => {
  const INLINE = ".edit, .edited, .command, .text a";
  const visible = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [r, g, b] = rgba(colour).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgba(colour)[3] > 250) return colour;
    }
    return "white";
  };
  const contrast = (element) => {
    const [light, dark] = [luminance(getComputedStyle(element).color), luminance(ground(element))].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const named = (element) => `${element.className} ${element.textContent.trim().slice(0, 30)}`;
  const controls = [...document.querySelectorAll("button, a, textarea")].filter((one) => visible(one) && !one.matches(INLINE));
  const worded = [...document.querySelectorAll("body *")].filter(
    (one) => visible(one) && !one.matches(".sr") && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
  );
  return JSON.stringify({
    small: controls.filter((one) => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44).map(named),
    faint: worded.filter((one) => contrast(one) < 4.5).map((one) => `${named(one)} ${contrast(one).toFixed(2)}`),
  });
})();
