using System.Reflection;

namespace Donmai.FakePlatform.Page;

/// <summary>The page that shows what happens.</summary>
internal static class PageRoutes
{
    public static void MapPage(this IEndpointRouteBuilder routes) => routes.MapGet("/", static async context =>
    {
        await using var page = Assembly.GetExecutingAssembly().GetManifestResourceStream("index.html")!;
        context.Response.ContentType = "text/html; charset=utf-8";
        await page.CopyToAsync(context.Response.Body, context.RequestAborted);
    });
}
