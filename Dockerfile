# Web files, then the server with the web files inside, then a small image that runs it as nobody in particular.

FROM node:22-bookworm-slim AS web
WORKDIR /build/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web/ ./
RUN npm run build

FROM rust:1-bookworm AS server
RUN apt-get update && apt-get install -y --no-install-recommends pkg-config libssl-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Cargo.toml Cargo.lock build.rs ./
COPY .cargo .cargo
COPY migrations migrations
COPY server server
COPY tests tests
COPY web/src web/src
COPY --from=web /build/web/dist web/dist
RUN cargo build --release --locked --bin undersigned

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libssl3 ca-certificates curl && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin undersigned \
    && install -d -o undersigned -g undersigned -m 700 /data
COPY --from=server /build/target/release/undersigned /usr/local/bin/undersigned
USER undersigned
VOLUME /data
EXPOSE 8400
ENV UNDERSIGNED_LISTEN=0.0.0.0:8400 UNDERSIGNED_DATA=/data
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD curl -fsS http://127.0.0.1:8400/readyz || exit 1
ENTRYPOINT ["undersigned"]
CMD ["serve"]
