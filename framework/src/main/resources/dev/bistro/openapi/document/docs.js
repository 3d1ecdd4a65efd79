// Shows openapi.json, and sends requests that are filled in. All that comes from outside becomes text, never markup.
"use strict";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
const MAX_DEPTH = 6;
let api = {};

/** An element with attributes and children; texts become text nodes. */
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "onclick" || key === "oninput") {
      element.addEventListener(key.slice(2), value);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null && child !== ""));
  return element;
}

/** What an address within the document points to. */
function resolve(node) {
  for (let hops = 0; node && node.$ref && hops < 20; hops++) {
    const steps = node.$ref.replace(/^#\//, "").split("/");
    node = steps.reduce((at, step) => at && at[step.replace(/~1/g, "/").replace(/~0/g, "~")], api);
  }
  return node || {};
}

function refName(schema) {
  return schema && schema.$ref ? schema.$ref.split("/").pop() : "";
}

/** A schema in a few words: "array of Item". */
function typeOf(schema) {
  if (!schema) return "anything";
  if (schema.$ref) return refName(schema);
  const some = schema.oneOf || schema.anyOf;
  if (some) return some.map(typeOf).join(" or ");
  const types = [].concat(schema.type || "anything");
  const words = types.map(type => type === "array" ? "array of " + typeOf(schema.items) : type).join(" or ");
  return schema.format ? words + " (" + schema.format + ")" : words;
}

/** What a schema demands besides its type. */
function rulesOf(schema) {
  const rules = [];
  for (const key of ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
    "minItems", "maxItems", "pattern", "default", "const"]) {
    if (schema[key] !== undefined) rules.push(key + " " + JSON.stringify(schema[key]));
  }
  if (schema.enum) rules.push("one of " + schema.enum.map(value => JSON.stringify(value)).join(", "));
  return rules.join(", ");
}

function schemaView(schema, depth = 0) {
  const known = resolve(schema);
  const properties = Object.entries(known.properties || {});
  const choices = known.oneOf || known.anyOf || [];
  const inner = known.items ? [known.items]
    : known.additionalProperties && known.additionalProperties !== true ? [known.additionalProperties] : [];
  const line = el("span", {}, el("code", {}, typeOf(schema)), " ",
    el("span", {class: "dim"}, rulesOf(known)), known.description ? " " + known.description : "");
  if (depth >= MAX_DEPTH || properties.length + choices.length + inner.length === 0) return el("div", {}, line);
  const parts = el("div", {class: "schema"});
  const details = el("details", {}, el("summary", {}, line), parts);
  if (depth === 0) details.open = true;
  let isFilled = false;
  const fill = () => {
    if (isFilled) return;
    isFilled = true;
    for (const [name, property] of properties) {
      const isRequired = (known.required || []).includes(name);
      parts.append(el("div", {}, el("code", {}, name), isRequired ? "" : el("span", {class: "dim"}, " optional"), " ",
        schemaView(property, depth + 1)));
    }
    choices.concat(inner).forEach(choice => parts.append(schemaView(choice, depth + 1)));
  };
  details.addEventListener("toggle", fill);
  if (depth === 0) fill();
  return details;
}

/** An example of a schema's values. */
function example(schema, depth = 0) {
  const known = resolve(schema);
  if (known.default !== undefined) return known.default;
  if (known.const !== undefined) return known.const;
  if (known.enum) return known.enum[0];
  const some = known.oneOf || known.anyOf;
  if (some) return example(some[0], depth + 1);
  const type = [].concat(known.type || [])[0];
  if (depth > MAX_DEPTH) return null;
  if (type === "object") {
    const value = {};
    for (const [name, property] of Object.entries(known.properties || {})) {
      if ((known.required || []).includes(name)) value[name] = example(property, depth + 1);
    }
    return value;
  }
  if (type === "array") return known.items ? [example(known.items, depth + 1)] : [];
  if (type === "integer" || type === "number") return known.minimum || 0;
  if (type === "boolean") return false;
  const formats = {date: "2026-11-24", "date-time": "2026-11-24T09:30:00Z",
    uuid: "123e4567-e89b-12d3-a456-426614174000"};
  return type === "string" ? formats[known.format] || "" : null;
}

// ---- trying a request

function tryForm(path, method, operation) {
  const inputs = (operation.parameters || []).map(resolve).map(parameter => {
    const schema = resolve(parameter.schema);
    const input = schema.enum
      ? el("select", {"aria-label": parameter.name}, parameter.required ? "" : el("option", {value: ""}, ""),
        schema.enum.map(value => el("option", {value: String(value)}, String(value))))
      : el("input", {"aria-label": parameter.name, placeholder: schema.default === undefined ? "" : String(schema.default)});
    return {parameter, input};
  });
  const content = Object.entries((resolve(operation.requestBody || {})).content || {});
  const type = content.length ? el("select", {"aria-label": "media type"}, content.map(([name]) => el("option", {value: name}, name))) : null;
  const body = content.length ? el("textarea", {spellcheck: "false", "aria-label": "body"}) : null;
  const files = el("input", {type: "file", "aria-label": "file"});
  const fillBody = () => {
    const schema = (operation.requestBody.content[type.value] || {}).schema;
    const value = example(schema);
    body.value = /json/.test(type.value) ? JSON.stringify(value, null, 2)
      : /form/.test(type.value) ? Object.entries(value || {}).map(([k, v]) => k + "=" + v).join("\n") : "";
  };
  if (type) {
    type.addEventListener("change", fillBody);
    fillBody();
  }
  const authorization = el("input", {"aria-label": "Authorization", placeholder: "Bearer …", autocomplete: "off"});
  const answer = el("div", {"aria-live": "polite"});
  const send = async () => {
    answer.replaceChildren("…");
    try {
      answer.replaceChildren(await request(path, method, operation, inputs, type, body, files, authorization));
    } catch (fault) {
      answer.replaceChildren(el("p", {class: "error"}, String(fault)));
    }
  };
  return el("details", {}, el("summary", {class: "try"}, "Try it"), el("div", {},
    el("table", {}, inputs.map(({parameter, input}) => el("tr", {},
      el("th", {}, parameter.name + (parameter.required ? " *" : "")), el("td", {}, input)))),
    operation.security ? el("p", {}, "Authorization ", authorization) : "",
    type ? el("p", {}, "Body ", type) : "", body,
    content.some(([name]) => /multipart|octet/.test(name)) ? files : "",
    el("p", {}, el("button", {type: "button", onclick: send}, "Send")), answer));
}

async function request(path, method, operation, inputs, type, body, files, authorization) {
  let address = path;
  const query = new URLSearchParams();
  const headers = {};
  for (const {parameter, input} of inputs) {
    if (parameter.in === "path") {
      address = address.replace("{" + parameter.name + "}", encodeURIComponent(input.value));
    } else if (input.value !== "" && parameter.in === "query") {
      const isList = resolve(parameter.schema).type === "array";
      (isList ? input.value.split(",") : [input.value]).forEach(value => query.append(parameter.name, value));
    } else if (input.value !== "" && parameter.in === "header") {
      headers[parameter.name] = input.value;
    }
  }
  if (authorization.value) headers.Authorization = authorization.value;
  const options = {method: method.toUpperCase(), headers, redirect: "manual"};
  if (type && body) {
    if (/multipart/.test(type.value)) {
      options.body = new FormData();
      fields(body.value).forEach(([name, value]) => options.body.append(name, value));
      const schema = resolve((operation.requestBody.content[type.value] || {}).schema);
      for (const [name, property] of Object.entries(schema.properties || {})) {
        const isFile = (resolve(property).items || resolve(property)).format === "binary";
        if (isFile && files.files[0]) options.body.set(name, files.files[0]);
      }
    } else {
      headers["Content-Type"] = type.value;
      options.body = /urlencoded/.test(type.value) ? new URLSearchParams(fields(body.value)).toString()
        : files.files[0] || body.value;
    }
  }
  // relative, so that it works behind a prefix too
  const base = new URL(".", location.href).pathname.replace(/\/$/, "");
  const answered = await fetch(base + address + (query.toString() ? "?" + query : ""), options);
  const text = await answered.text();
  const fieldsOfAnswer = [...answered.headers].map(([name, value]) => name + ": " + value).join("\n");
  return el("div", {}, el("h3", {}, answered.status + " " + answered.statusText),
    el("pre", {}, fieldsOfAnswer), el("pre", {}, pretty(text)));
}

function fields(text) {
  return text.split("\n").filter(line => line.includes("="))
    .map(line => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (noJson) {
    return text;
  }
}

// ---- the page

function operationView(path, method, operation) {
  const parameters = (operation.parameters || []).map(resolve);
  const body = resolve(operation.requestBody || {});
  const view = el("div", {});
  const details = el("details", {class: "operation" + (operation.deprecated ? " deprecated" : ""),
    id: operation.operationId},
    el("summary", {}, el("span", {class: "method"}, method.toUpperCase()), el("span", {class: "path"}, path), " ",
      el("span", {class: "dim"}, operation.summary || "")), view);
  details.addEventListener("toggle", () => {
    if (view.childNodes.length) return;
    view.append(
      el("p", {}, operation.description || operation.summary || ""),
      el("p", {class: "dim"}, operation["x-access"] ? "For " + operation["x-access"] : ""));
    if (parameters.length) {
      view.append(el("h3", {}, "Parameters"), el("table", {}, parameters.map(parameter => el("tr", {},
        el("th", {}, parameter.name, parameter.required ? " *" : ""), el("td", {}, parameter.in),
        el("td", {}, schemaView(parameter.schema)), el("td", {}, parameter.description || "")))));
    }
    for (const [type, media] of Object.entries(body.content || {})) {
      view.append(el("h3", {}, "Body " + type + (body.required ? " *" : "")), schemaView(media.schema));
    }
    for (const [status, response] of Object.entries(operation.responses || {})) {
      const known = resolve(response);
      view.append(el("h3", {}, status + " "), el("p", {}, known.description || ""));
      for (const [name, header] of Object.entries(known.headers || {})) {
        view.append(el("p", {}, el("code", {}, name), " " + typeOf(resolve(header).schema)));
      }
      for (const [type, media] of Object.entries(known.content || {})) {
        view.append(el("p", {class: "dim"}, type),
          // problems are the same everywhere, and stay closed
          schemaView(media.schema || media.itemSchema || media["x-itemSchema"], status < "4" ? 0 : 1));
      }
    }
    view.append(tryForm(path, method, operation));
  });
  details.dataset.words = [method, path, operation.summary, operation.description, operation.operationId]
    .join(" ").toLowerCase();
  return details;
}

function show() {
  document.title = api.info.title;
  document.getElementById("title").textContent = api.info.title + " " + api.info.version;
  document.getElementById("about").textContent = api.info.description || "";
  const groups = new Map();
  for (const [path, item] of Object.entries(api.paths || {})) {
    const more = item.additionalOperations || item["x-additionalOperations"] || {};
    const operations = METHODS.filter(method => item[method]).map(method => [method, item[method]])
      .concat(Object.entries(more));
    for (const [method, operation] of operations) {
      const tag = (operation.tags || [""])[0];
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operationView(path, method, operation));
    }
  }
  const main = document.getElementById("operations");
  main.replaceChildren();
  for (const [tag, views] of groups) {
    const about = (api.tags || []).find(one => one.name === tag);
    main.append(el("section", {}, el("h2", {}, tag), el("p", {class: "dim"}, about && about.description || ""), views));
  }
}

function find() {
  const words = document.getElementById("find").value.toLowerCase().split(/\s+/).filter(word => word);
  for (const view of document.querySelectorAll("details.operation")) {
    view.hidden = !words.every(word => view.dataset.words.includes(word));
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("details.operation:not([hidden])");
  }
}

document.getElementById("find").addEventListener("input", find);
fetch("openapi.json").then(answer => {
  if (!answer.ok) throw new Error("openapi.json: " + answer.status);
  return answer.json();
}).then(document => {
  api = document;
  show();
}).catch(fault => {
  document.getElementById("operations").replaceChildren(el("p", {class: "error"}, String(fault)));
});
