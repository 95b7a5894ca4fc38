// Which bundle the address needs: the same choice as Bundle::of in app/office/frame/src/bundle.rs.
(function () {
  var parts = location.pathname.split("/").filter(Boolean);
  var own = { staff: 1, password: 1, "second-factor": 1 };
  var page = parts[1] === "plans" && parts[2] ? parts[3] || "setup" : !parts[2] && own[parts[1]] === 1 ? "codes" : "";
  var voting = "{{script:voting}}";
  var followUp = "{{script:followup}}";
  var bundles = { setup: "{{script:setup}}", codes: voting, voters: voting, ranking: "{{script:ranking}}", records: "{{script:records}}", simulation: "{{script:simulation}}", findings: followUp, rectification: followUp, documents: followUp, calendar: followUp };
  var script = document.createElement("script");
  script.type = "module";
  script.src = bundles[page] || "{{script:office}}";
  script.onerror = function () { document.documentElement.classList.add("failed"); };
  document.head.appendChild(script);
})();
