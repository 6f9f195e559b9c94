// Writes moments in Vietnamese words and Viet Nam time; never asks the browser's own clock.

const WEEKDAYS = {
  Mon: "thứ Hai", Tue: "thứ Ba", Wed: "thứ Tư", Thu: "thứ Năm", Fri: "thứ Sáu", Sat: "thứ Bảy", Sun: "Chủ nhật",
};

const VIET_NAM = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Ho_Chi_Minh", hourCycle: "h23", weekday: "short",
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

function partsOf(iso) {
  const parts = VIET_NAM.formatToParts(new Date(iso));
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

/** "thứ Sáu, 27/11/2026" */
export function dayOf(iso) {
  const { weekday, day, month, year } = partsOf(iso);
  return `${WEEKDAYS[weekday]}, ${day}/${month}/${year}`;
}

/** "17:00", for bubbles */
export function hourOf(iso) {
  const { hour, minute } = partsOf(iso);
  return `${hour}:${minute}`;
}

/** "17 giờ 00, thứ Sáu, 27/11/2026" */
export function inFull(iso) {
  const { hour, minute } = partsOf(iso);
  return `${hour} giờ ${minute}, ${dayOf(iso)}`;
}

/** "1,4 MB" */
export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${value.toLocaleString("vi-VN", { maximumFractionDigits: 1 })} ${unit}`;
}
