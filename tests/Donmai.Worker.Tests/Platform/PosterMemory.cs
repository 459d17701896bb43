using System.Diagnostics;
using System.Globalization;
using Donmai.Sessions.Events;
using Donmai.Worker.Platform;

namespace Donmai.Worker.Tests.Platform;

/// <summary>What a poster holds whose platform takes everything and answers nothing: measured in a process in which there is nothing else.</summary>
internal static class PosterMemory
{
    /// <summary>First word of the command line of that process.</summary>
    public const string Verb = "measure-poster";

    /// <summary>A million usual events.</summary>
    public const string Flood = "flood";

    /// <summary>Two thousand events of a megabyte.</summary>
    public const string Huge = "huge";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>Sends the events in a process of their own.</summary>
    /// <returns>Bytes that were held when all of them were sent, and how many of them are in the file or counted as dropped.</returns>
    public static async Task<(long Held, long Accounted)> Of(string events, string backlogPath)
    {
        var program = typeof(PosterMemory).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, Verb, events, backlogPath])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(Deadline);
            process.ExitCode.ShouldBe(0, await error);
            var numbers = (await output).Split(' ').Select(static number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();
            return (numbers[0], numbers[1]);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>The same in this process; prints the two numbers.</summary>
    public static async Task<int> Measure(string events, string backlogPath)
    {
        using var platform = new FakePlatform();
        platform.Hangs("*", new TaskCompletionSource().Task);
        await using var poster = new ActivityPoster(new ActivityPosterOptions
        {
            SessionId = "s-1",
            PlatformUrl = FakePlatform.Url,
            Transport = platform,
            StopDrainTimeout = TimeSpan.Zero,
            BacklogPath = backlogPath,
        });
        poster.Start();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var happening in events == Huge ? HugeEvents() : UsualEvents())
            poster.Send(happening);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var tally = await poster.Stop();
        await Console.Out.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{held} {tally.Delivered + tally.Dropped + tally.Kept}"));
        return 0;
    }

    private static IEnumerable<AgentEvent> UsualEvents()
    {
        var words = new string('w', 60);
        for (var number = 0; number < 1_000_000; number++)
            yield return number % 2 == 0
                ? new ToolUseEvent { ToolName = "Bash", Input = new JsonText($$"""{"command":"{{words}}"}""") }
                : new ToolResultEvent { ToolName = "Bash", Content = words };
    }

    private static IEnumerable<AgentEvent> HugeEvents()
    {
        for (var number = 0; number < 1000; number++)
        {
            yield return new ToolUseEvent
            {
                ToolName = "Bash",
                ToolUseId = new string('h', 1_000_000),
                Input = new JsonText($$"""{"command":"{{new string('c', 200_000)}}"}"""),
            };
            yield return new ErrorEvent { Message = new string('e', 1_000_000) };
        }
    }
}
