import { NotFoundException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

const DESCRIPTION = `The ledger of an organisation's machine learning: **Project → Model → Experiment**.

Every success answers 200. Errors are problem documents (RFC 9457) with a stable \`code\`. Lists send everything, oldest
first. JSON documents are kept value for value, numbers of any precision included; the order of keys is not promised.`;

/** Swagger UI at \`/docs\` and the OpenAPI document at \`/openapi.json\`; nothing is loaded from elsewhere. */
export function serveDocs(app: NestFastifyApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Model DB')
    .setDescription(DESCRIPTION)
    .setVersion('0.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addTag('Project', 'What models are made for.')
    .addTag('Model', 'What is trained, again and again.')
    .addTag('Experiment', 'One training result of a model.')
    .addTag('Health', 'Whether the service lives.')
    .build();
  // A file of Swagger UI that no page here uses: it would show the document of another service.
  app.getHttpAdapter().get('/docs/swagger-initializer.js', () => {
    throw new NotFoundException();
  });
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Model DB',
    swaggerOptions: { tryItOutEnabled: true, displayRequestDuration: true },
  });
}
