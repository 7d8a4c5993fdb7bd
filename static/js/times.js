/*
 * Deadlines in the reader's own zone, where the server does not know it (nobody is signed in),
 * and how long is left. Decoration: the server's clock is the law.
 */
const minute = 60_000, hour = 60 * minute, day = 24 * hour;

const language = document.documentElement.lang || "en";
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const absolute = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
});

const left = (span) => {
  const size = Math.abs(span);
  if (size < 90 * minute) return relative.format(Math.round(span / minute), "minute");
  if (size < 36 * hour) return relative.format(Math.round(span / hour), "hour");
  return relative.format(Math.round(span / day), "day");
};

const count = () => {
  for (const element of document.querySelectorAll("[data-countdown]")) {
    const span = Date.parse(element.dataset.countdown) - Date.now();
    element.textContent = ` (${left(span)})`;
  }
};

export const localTimes = (root) => {
  if ("zoneUnknown" in document.documentElement.dataset && absolute.resolvedOptions().timeZone !== "UTC") {
    for (const element of root.querySelectorAll("time[data-time]")) {
      element.title ||= element.textContent; // the server's words, in UTC
      element.textContent = absolute.format(new Date(element.dateTime)).replace(/^(\p{L}+),/u, "$1");
    }
  }
};

// A page about the past (a demonstration told at its own time) is left as the server wrote it.
const offset = Math.abs(Date.parse(document.documentElement.dataset.now) - Date.now());
if (!(offset > hour)) setInterval(count, 30_000);
