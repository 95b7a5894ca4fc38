// Runs before the first paint: the reader's saved choices onto the root element, and what the shell
// says in their language. The same names stand in app/frame/src/setting.rs. Old browsers run this too.
(function () {
  var root = document.documentElement;
  function saved(name) {
    try { return localStorage.getItem(name); } catch (e) { return null; }
  }
  root.setAttribute("data-theme", saved("pingyi-theme") || "auto");
  root.setAttribute("data-size", saved("pingyi-size") || "usual");
  if (saved("pingyi-lang") === "en") root.setAttribute("lang", "en");
  root.classList.add("scripts");
})();
