// Opens and closes the small menus: one at a time, closed by a choice, Escape or a press elsewhere.

let open = null;

function close({ refocus = false } = {}) {
  if (!open) return;
  open.menu.hidden = true;
  open.button.setAttribute("aria-expanded", "false");
  if (refocus) open.button.focus();
  open = null;
}

/** Makes every button with data-opens under root show the menu that follows it. */
export function readyMenus(root) {
  for (const button of root.querySelectorAll("[data-opens]")) {
    const menu = button.nextElementSibling;
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      const wasOpen = open?.menu === menu;
      close();
      if (wasOpen) return;
      menu.hidden = false;
      button.setAttribute("aria-expanded", "true");
      open = { button, menu };
    });
  }
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-fault]")) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close({ refocus: true });
});
