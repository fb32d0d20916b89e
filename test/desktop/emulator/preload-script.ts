/**
 * The built preload as a script that runs before the page's own, in a function of its own with the little that a sandboxed preload may have: a
 * `require` that knows `electron` alone, and of `process` the platform.
 * @param source CommonJS text of the preload
 */
export function preloadScript(source: string): string {
  return `(() => {
  if (window !== window.top) return;
  const electron = {
    contextBridge: { exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value: Object.freeze(value) }) },
    ipcRenderer: { invoke: (channel, argument) => window.__emulatorInvoke(channel, argument) },
  };
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('module not found in a sandboxed preload: ' + name);
  };
  const process = { platform: ${JSON.stringify(process.platform)} };
  const module = { exports: {} };
  (function (require, process, module, exports) {
${source}
  })(require, process, module, module.exports);
})()`
}
