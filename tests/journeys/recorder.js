// Stands between a package and the system's API: writes down each call with the type of what it was given and what was answered.
window.recorded = [];
window.refusing = "";
window.recording = (system) => Object.fromEntries(
  ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"].map((name) => [
    name,
    (...given) => {
      const answered = name === window.refusing ? "false" : system[name](...given);
      window.recorded.push({ name, given: given.map((one) => [typeof one, String(one)]), answered: String(answered) });
      if (name === "LMSCommit" && answered === "true") window.committed = system.renderCMIToJSONObject().cmi;
      return answered;
    },
  ]),
);
