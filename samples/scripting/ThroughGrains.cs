using Donmai.Client;
using Donmai.Sessions;

namespace Donmai.Scripting;

/// <summary>The daemon's grains, called as if they were objects of this process.</summary>
internal static class ThroughGrains
{
    public static async Task ListStartAndFollow(GrainClient client, string machine, string repository, string prompt, string provider)
    {
        Console.WriteLine("-- through grains");
        var spawner = client.Grains.GetGrain<ISpawnerGrain>(machine);
        foreach (var live in await spawner.Live())
            Console.WriteLine($"live: {live.SessionId} ({live.State})");

        var accepted = await spawner.Accept(new SessionSpec
        {
            SessionId = "script-" + Guid.NewGuid().ToString("N")[..8],
            Repository = repository,
            PromptContext = prompt,
            ResolvedProfile = new ResolvedProfile { Provider = provider },
        });
        Console.WriteLine($"accepted: {accepted.SessionId}, process {accepted.Pid}");

        var session = client.Grains.GetGrain<ISessionGrain>(accepted.SessionId);
        await foreach (var one in session.Events(after: 0))
            Console.WriteLine($"event {one.Seq}: {one.GetType().Name}");

        var ended = await session.Inspect();
        Console.WriteLine($"ended: {ended.State}, work area {ended.ArchiveId}");
    }
}
