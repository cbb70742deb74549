# syntax=docker/dockerfile:1
# The application for those who run it elsewhere than on Azure Functions. It needs no host: timers run in the process, and instances share them by lease.
#   docker build -t more-stories . && docker run -p 8080:8080 -v more-stories:/data -e Access__ReadOnly=true -e Recommender__Sites__courier__Name="The Courier" more-stories
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
ARG VERSION=0.1.0
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig host.json ./
COPY src/ src/
RUN dotnet publish src/Recommender.Functions -c Release -a "$TARGETARCH" --no-self-contained -p:PublishReadyToRun=true -p:Version="$VERSION" -o /app \
    && mkdir /data

# Chiselled: no shell, no package manager, and a user that is not root. "extra" has the languages and time zones that dates are written in.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app ./
# Number 1654 is the image's own user, app.
COPY --from=build --chown=1654:1654 /data /data
ENV ASPNETCORE_HTTP_PORTS=8080 \
    Recommender__Store=sqlite:/data/stories.db
EXPOSE 8080
VOLUME /data
USER 1654
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "/app/Recommender.Functions.dll", "--health"]
ENTRYPOINT ["dotnet", "/app/Recommender.Functions.dll"]
