# The daemon, built from this repository. Agent programs (claude, …) are added by the image that builds on this one.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish cli/Donmai.Cli.csproj --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
 && apt-get install -y --no-install-recommends git openssh-client ca-certificates procps \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 donmai \
 && install -d -o donmai -g donmai -m 0700 /var/lib/donmai
COPY --from=build /app /app
USER donmai
ENV DONMAI_STATE_HOME=/var/lib/donmai
VOLUME /var/lib/donmai
# The control API answers to the user who runs the daemon: use it from inside, e.g. `docker compose exec daemon donmai status`.
ENV PATH=/app:$PATH
ENTRYPOINT ["/app/donmai"]
CMD ["daemon", "run"]
