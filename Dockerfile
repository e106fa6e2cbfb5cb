# The connector as the Airbyte platform, PyAirbyte and plain `docker run` use it; amd64 and arm64 alike:
#   docker buildx build --platform linux/amd64,linux/arm64 --tag source-rocket-chat/source-rocket-chat:0.1.0 .
# scripts/image-test builds this very file without a Docker engine and runs the result as those runners do.

FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libcurl4-openssl-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# There are no Swift packages to fetch; the layer above is all that can be kept between builds.
COPY Package.swift ./
COPY Tests Tests
COPY Sources Sources
RUN swift build -c release --static-swift-stdlib --product source-rocket-chat \
    && strip --strip-all --output-file=/source-rocket-chat .build/release/source-rocket-chat

FROM debian:bookworm-slim
# Debian's slim image keeps /bin/sh, sleep and mv, which the platform's wrapper calls. No HOME or passwd entry is needed:
# the user below is for runners that ask for a non-root image by number, any other --user works as well.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libcurl4 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/* \
        /usr/share/doc/* /usr/share/locale/* /usr/share/man/* \
    && useradd --uid 1000 --user-group --no-log-init --home-dir /airbyte --create-home airbyte
COPY --from=build /source-rocket-chat /usr/local/bin/source-rocket-chat

LABEL io.airbyte.name="source-rocket-chat/source-rocket-chat" \
      io.airbyte.version="0.1.0" \
      io.airbyte.protocol_version="0.2.0" \
      org.opencontainers.image.title="source-rocket-chat" \
      org.opencontainers.image.description="Airbyte source connector for Rocket.Chat" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.source="https://github.com/source-rocket-chat/source-rocket-chat"

WORKDIR /airbyte
USER 1000:1000
# The platform replaces the entrypoint by a shell that evaluates this variable, from another working directory.
ENV AIRBYTE_ENTRYPOINT="/usr/local/bin/source-rocket-chat"
ENTRYPOINT ["/usr/local/bin/source-rocket-chat"]
