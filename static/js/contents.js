/* Marks in the list of contents where the reader is, and brings the room one is in into the row of rooms. */
const here = (root) => {
  const row = root.querySelector(".sections ol");
  const current = row?.querySelector("[aria-current]");
  if (!current || row.scrollWidth <= row.clientWidth) return;
  const [place, view] = [current.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += place.left + place.width / 2 - (view.left + view.width / 2);
};

export const contents = (root) => {
  here(root);
  const nav = root.querySelector(".contents");
  if (!nav || !("IntersectionObserver" in window)) return;
  const links = new Map();
  for (const link of nav.querySelectorAll('a[href*="#"]')) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (place) links.set(place, link);
  }
  const mark = () => {
    let here = null;
    for (const [place, link] of links) if (place.getBoundingClientRect().top < innerHeight * 0.35) here = link;
    for (const link of links.values()) link.toggleAttribute("aria-current", link === here);
    if (here) here.setAttribute("aria-current", "true");
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -65% 0px" });
  for (const place of links.keys()) observer.observe(place);
  nav.addEventListener("click", (event) => { if (event.target.closest("a") && nav.matches(":popover-open")) nav.hidePopover(); });
};
