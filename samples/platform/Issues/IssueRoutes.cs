namespace Donmai.FakePlatform.Issues;

/// <summary>The call of a worker to the issue tracker (platform-api.md §12).</summary>
internal static class IssueRoutes
{
    public static void MapIssues(this IEndpointRouteBuilder routes, IssueDesk issues) =>
        routes.MapPost("/api/issue-tracker-proxy", context =>
        {
            var (status, answer) = issues.Call(context.Credential(), context.Body(), context.IdempotencyKey());
            return context.Reply(answer, status);
        });
}
