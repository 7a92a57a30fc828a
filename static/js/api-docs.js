// The contract as a page to read and try; nothing is asked from outside.
'use strict';

(() => {
  const place = document.getElementById('swagger');
  const cookie = (name) => document.cookie.split('; ').find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

  function withCsrf(request) {
    if (request.method && request.method !== 'GET') request.headers['X-CSRFToken'] = cookie('csrftoken') ?? '';
    return request;
  }

  SwaggerUIBundle({
    domNode: place,
    url: place.dataset.schema,
    presets: [SwaggerUIBundle.presets.apis],
    layout: 'BaseLayout',
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    deepLinking: true,
    displayRequestDuration: true,
    filter: true,
    validatorUrl: null, // it would send the contract's address to swagger.io
    requestInterceptor: withCsrf,
  });
})();
