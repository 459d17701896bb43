using Donmai.FakePlatform.Workers;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>The whole way of work from a platform through the built program, real worker processes, real git, and back.</summary>
public sealed class Ten_items_for_two_projects
{
    [Fact, Trait("spec", "PA-1"), Trait("spec", "PA-32")]
    public async Task All_run_and_the_platform_hears_of_each_everything_in_order_and_its_end_once()
    {
        await using var bed = await PlatformBed.Start(capacity: 10);
        var sessions = bed.QueueTen();

        await using (var daemon = await RunningDaemon.Start(bed.Installation))
        {
            foreach (var id in sessions)
                await bed.Ended(id);
            foreach (var id in sessions)
            {
                await bed.HasHeardAllOf(id, PlatformBed.IsCodex(id));
                var posts = bed.Platform.Requests.Matching($"/api/sessions/{id}/*").ToList();
                posts.FindIndex(static post => post.Path.EndsWith("/completion", StringComparison.Ordinal))
                    .ShouldBeLessThan(posts.FindLastIndex(static post => post.Path.EndsWith("/status", StringComparison.Ordinal)));
                bed.Platform.Issues.Calls.Where(call => call.Args[0] == "issue-" + id).Select(static call => (call.Method, call.Args[1]))
                    .ShouldBe([("updateIssueStatus", "Finished")]);
            }

            TokenSearch.InProcesses(bed);
            daemon.Program.Signal("TERM");
            (await daemon.Program.Ended()).ExitCode.ShouldBe(0);
        }

        bed.Platform.Workers.Registrations.ShouldBe(1);
        var requests = bed.Platform.Requests.Matching();
        requests.Where(static request => request.Path.EndsWith("/register", StringComparison.Ordinal)).ShouldAllBe(static request => request.Credential.Kind == CredentialKind.Registration);
        requests.Where(static request => !request.Path.EndsWith("/register", StringComparison.Ordinal)).ShouldAllBe(static request => request.Credential.Kind == CredentialKind.Runtime);
        requests.ShouldAllBe(static request => request.Status == 200);
        foreach (var repository in new[] { bed.Shop, bed.Billing })
            repository.Git("branch", "--list", "agent/*").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(5, "each session's branch was pushed");
        TokenSearch.InFiles(bed);
    }
}
