// Starts to load what the address needs beside the program: the same choice as Area::of in app/office/frame/src/area.rs.
(function () {
  addEventListener("error", function (event) {
    if (event.target.tagName === "SCRIPT") document.documentElement.classList.add("failed");
  }, true);
  var parts = location.pathname.split("/").filter(Boolean);
  var page = parts[1] === "plans" && parts[2] ? parts[3] || "setup" : parts[2] ? "" : parts[1];
  var accounts = {{area:accounts}};
  var progress = {{area:progress}};
  var voting = {{area:voting}};
  var followUp = {{area:followup}};
  var units = {{area:units}};
  var areas = { new: {{area:newplan}}, staff: accounts, password: accounts, "second-factor": accounts, setup: {{area:setup}}, progress: progress, audit: progress, codes: voting, voters: voting, hall: voting, ranking: {{area:ranking}}, records: {{area:records}}, simulation: {{area:simulation}}, findings: followUp, rectification: followUp, cases: units, profiles: units, unit: units, named: units, documents: followUp, calendar: followUp };
  (areas[page] || {{area:desk}}).forEach(function (url) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "fetch";
    link.type = "application/wasm";
    link.crossOrigin = "anonymous";
    link.href = url;
    document.head.appendChild(link);
  });
})();
