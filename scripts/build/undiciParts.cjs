// Stands in for the package `undici` in the bundle: the parts that Qiao uses, without its fetch, WebSocket, caches and
// mocks, which are more than half of it.
const Dispatcher = require('../../node_modules/undici/lib/dispatcher/dispatcher');

// As undici's own index does: all dispatchers get `request` from here, and `connect`, which those for proxies call.
Dispatcher.prototype.request = require('../../node_modules/undici/lib/api/api-request');
Dispatcher.prototype.connect = require('../../node_modules/undici/lib/api/api-connect');

exports.Agent = require('../../node_modules/undici/lib/dispatcher/agent');
exports.Pool = require('../../node_modules/undici/lib/dispatcher/pool');
exports.ProxyAgent = require('../../node_modules/undici/lib/dispatcher/proxy-agent');
exports.errors = require('../../node_modules/undici/lib/core/errors');
