# docker build -t modeldb .

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY nest-cli.json tsconfig.json .swcrc ./
COPY build build
COPY apps apps
COPY libs libs
RUN npm run build

# The embedded PostgreSQL is the only optional dependency that is used on Node, and for trying the service out: the image
# talks to a real one.
FROM node:20-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional

FROM node:20-bookworm-slim AS runtime
LABEL org.opencontainers.image.title="Model DB" \
      org.opencontainers.image.description="The ledger of an organisation's machine learning" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="The Model DB authors"
# docker build --build-arg COMMIT=$(git rev-parse HEAD): GET /version tells it.
ARG COMMIT
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 MODELDB_COMMIT=$COMMIT
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# All of the above belongs to root: the service writes nothing, so the file system may be read-only.
USER node
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# No shell and no npm in between: SIGTERM reaches the service.
CMD ["node", "dist/apps/api/src/main.js"]
