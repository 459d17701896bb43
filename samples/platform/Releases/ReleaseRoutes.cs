namespace Donmai.FakePlatform.Releases;

/// <summary>What a daemon fetches when it updates itself (docs/updates.md).</summary>
internal static class ReleaseRoutes
{
    private const string Channels = "regex(^(stable|beta|main)$)";

    public static void MapReleases(this IEndpointRouteBuilder routes, ReleaseShelf releases)
    {
        routes.MapGet($"/{{channel:{Channels}}}/latest.json", context => context.Reply(releases.Manifest(context.Value("channel"), version: null)));
        routes.MapGet($"/{{channel:{Channels}}}/{{version}}/manifest.json", context =>
            context.Reply(releases.Manifest(context.Value("channel"), context.Value("version"))));
        routes.MapGet($"/{{channel:{Channels}}}/{{version}}/{{file}}", context =>
        {
            var bytes = releases.File(context.Value("channel"), context.Value("version"), context.Value("file"));
            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        });
    }
}
