using Donmai.Client;
using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Scripting;

/// <summary>The same over the HTTP control API; <see cref="DonmaiClient.Follow"/> also outlives a restart of the daemon.</summary>
internal static class ThroughHttp
{
    public static async Task ListStartAndFollow(DonmaiClient daemon, string repository, string prompt, string provider)
    {
        Console.WriteLine("-- through HTTP");
        foreach (var known in await daemon.Sessions(all: true))
            Console.WriteLine($"known: {known.SessionId} ({known.State})");

        var accepted = await daemon.Accept(new SessionSpec
        {
            SessionId = "script-" + Guid.NewGuid().ToString("N")[..8],
            Repository = repository,
            PromptContext = prompt,
            ResolvedProfile = new ResolvedProfile { Provider = provider },
        });
        Console.WriteLine($"accepted: {accepted.SessionId}, process {accepted.Pid}");

        await foreach (var one in daemon.Follow(accepted.SessionId))
            if (one is AssistantTextEvent said)
                Console.WriteLine($"said: {said.Text}");

        var ended = await daemon.Inspect(accepted.SessionId);
        Console.WriteLine($"ended: {ended.State}, tree {ended.ArchivePath}");
    }
}
