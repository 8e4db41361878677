import { NotFoundException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { discoveryUrl } from '#auth';
import { completeDocument, SIGNED_IN, withIssuer } from '#http';
import type { ModuleConfig } from './app.module.js';
import { PATH_PARAMETERS } from './path-parameters.js';
import { allowSwagger } from './swagger-headers.js';
import { VERSION } from './version.js';

const DESCRIPTION = `The ledger of an organisation's machine learning: **Project → Model → Experiment**.

Every success answers 200. Errors are problem documents (RFC 9457) with a stable \`code\`. Lists send everything, oldest
first, unless they are asked for pages, another order, or a condition. Times are in UTC, in ISO 8601 with six digits after the second.

Bodies are JSON objects of at most \`MAX_BODY_BYTES\` (8 MiB unless it is set). A field that a request does not have is
refused (422), and so are JSON nested deeper than 200 levels, numbers of more than 400 digits when written out, the same key
twice in an object, and text that cannot be stored: NUL characters and half surrogate pairs. What is accepted is kept value
for value; only the order of keys is not promised. NaN and infinities are sent as the strings \`"NaN"\`, \`"Infinity"\` and
\`"-Infinity"\`.

Where the number of requests is limited, answers say in \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` how many
a minute has, how many are left, and in how many seconds the next one begins. What is too much is a 429, and not carried out.`;

/** Swagger UI at \`/docs\` and the OpenAPI document at \`/openapi.json\`. Only what an issuer says of itself is loaded from elsewhere. */
export function serveDocs(app: NestFastifyApplication, { oidc }: ModuleConfig): void {
  const config = new DocumentBuilder()
    .setTitle('Model DB')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addTag('Project', 'What models are made for.')
    .addTag('Model', 'What is trained, again and again.')
    .addTag('Experiment', 'One training result of a model.')
    .addTag('Access', 'Who may do what.')
    .addTag('Audit', 'What was changed, and by whom.')
    .addTag('Health', 'Whether the service lives and is ready, and which release it is.')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        description: 'An API key, or an access token where `OIDC_ISSUER` is set.',
      },
      'bearer',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'api_key')
    .addBasicAuth(
      { type: 'http', scheme: 'basic', description: 'Any user; the password is an API key.' },
      'basic',
    )
    .build();
  allowSwagger(app.getHttpAdapter().getInstance(), oidc?.issuer);
  // For people who open the service in a browser; relative, since a proxy may serve it below another path.
  app.getHttpAdapter().get('/', (_request, reply: FastifyReply) => reply.redirect('docs'));
  app.getHttpAdapter().get(SIGNED_IN, (request: FastifyRequest, reply: FastifyReply) =>
    // Swagger UI has its own page for this, but on /docs it takes that one for being here.
    reply.redirect(`docs${request.url}`),
  );
  // A file of Swagger UI that no page here uses: it would show the document of another service.
  app.getHttpAdapter().get('/docs/swagger-initializer.js', () => {
    throw new NotFoundException();
  });
  const document = (): OpenAPIObject => {
    const complete = completeDocument(SwaggerModule.createDocument(app, config), PATH_PARAMETERS);
    return oidc ? withIssuer(complete, discoveryUrl(oidc.issuer)) : complete;
  };
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Model DB',
    swaggerOptions: {
      tryItOutEnabled: true,
      displayRequestDuration: true,
      // Otherwise a page that is not on localhost shows a badge of swagger.io, and tells it where it is.
      validatorUrl: null,
      ...(oidc && { initOAuth: { scopes: ['openid'], usePkceWithAuthorizationCodeGrant: true } }),
    },
  });
}
