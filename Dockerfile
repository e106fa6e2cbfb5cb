# The connector as the Airbyte platform, PyAirbyte and plain `docker run` use it, for the processor it is built on:
#   docker build --tag source-rocket-chat:0.1.0 .
# docs/airbyte-platform.md says how to make one image of two processors.
# scripts/image-test builds this very file without a Docker engine and runs the result as those runners do.

FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libcurl4-openssl-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# There are no Swift packages to fetch; the layer above is all that can be kept between builds.
COPY Package.swift spec.json ./
COPY Tests Tests
COPY Sources Sources
RUN swift build -c release --static-swift-stdlib --disable-local-rpath --product source-rocket-chat \
    && strip --strip-all -o /source-rocket-chat .build/release/source-rocket-chat
# What must go along with the binary, and with what of Swift is linked into it.
COPY LICENSE ./
COPY packaging/UNICODE-LICENSE.txt packaging/
COPY scripts/shared.sh scripts/
COPY scripts/release.d/third-party scripts/release.d/
RUN mkdir /licences && cp LICENSE /licences/ \
    && scripts/release.d/third-party "$(realpath "$(command -v swift)" | sed 's,/usr/bin/[^/]*$,,')" >/licences/THIRD-PARTY-LICENSES

# Debian's libcurl with what it loads; kept between builds as long as these packages stay.
FROM debian:bookworm-slim AS runtime
RUN apt-get update \
    && apt-get install --yes --no-install-recommends busybox-static ca-certificates libcurl4 \
    && rm -rf /var/lib/apt/lists/*
COPY scripts/image.d/pack-runtime /
COPY --from=build /source-rocket-chat /
COPY --from=build /licences /licences
RUN sh /pack-runtime /image /source-rocket-chat /licences

FROM scratch
COPY --from=runtime /image /

LABEL io.airbyte.name="source-rocket-chat" \
      io.airbyte.version="0.1.0" \
      io.airbyte.protocol_version="0.2.0" \
      org.opencontainers.image.title="source-rocket-chat" \
      org.opencontainers.image.description="Airbyte source connector for Rocket.Chat" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.source="https://source-rocket-chat.invalid"

WORKDIR /airbyte
# By number, for clusters that admit only images that are provably not root; it is the user `airbyte`, but any --user works.
USER 1000:1000
ENV PATH="/usr/local/bin:/bin"
# The platform replaces the entrypoint by a shell that evaluates this variable, from another working directory.
ENV AIRBYTE_ENTRYPOINT="/usr/local/bin/source-rocket-chat"
ENTRYPOINT ["/usr/local/bin/source-rocket-chat"]
