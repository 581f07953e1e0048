# Sportello in one container, anywhere: docker build -t sportello .
# What is in it, where, and how to keep it running: docs/run.md. CI does these steps without an engine: npm run container.

ARG NODE_VERSION=24.22.3

FROM node:${NODE_VERSION}-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# What the lock says and nothing else. Not "npm ci", which refuses a lock without the development tools of every other
# system, although it would install none of them. No package needs its install script.
RUN cp package-lock.json lock.before \
 && npm install --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
 && cmp package-lock.json lock.before \
 && rm lock.before

FROM node:${NODE_VERSION}-bookworm-slim
# Nothing is installed in a container that runs.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-* /usr/local/bin/yarn* \
 && install -d -o node -g node /data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
COPY scripts/store.ts scripts/doctor.ts ./scripts/
COPY scripts/doctor ./scripts/doctor
# The example, or your own desk in its place; a folder mounted here hides it.
COPY desk ./desk
ENV NODE_ENV=production LOCAL_TEAMS=off PORT=3978 DESK_DIR=/app/desk STORE_URL=sqlite:/data/sportello.db
# Only a desk in SQLite writes here. All of /app belongs to root and stays as it is.
VOLUME /data
EXPOSE 3978
USER node
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# So that "docker run … scripts/store.ts backup …" works as well.
ENTRYPOINT ["node", "--import", "./src/node-version.mjs"]
CMD ["src/index.ts"]
