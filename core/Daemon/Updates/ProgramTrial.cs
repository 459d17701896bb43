using System.Text;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Daemon.Updates;

/// <summary>
/// Starts a verified new version once with <c>--version</c>, before anything of the running one is given up: a program for another processor, or
/// that cannot be loaded, could not undo its own installation.
/// </summary>
/// <param name="clock">Time.</param>
internal sealed class ProgramTrial(TimeProvider clock)
{
    private const int LongestAnswer = 4096;
    private const int MostStarts = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(100);

    /// <summary>What a program needs of the daemon's environment to say its version; none of it is secret.</summary>
    private static readonly string[] Variables = ["PATH", "HOME", "TMPDIR", "LANG", "DOTNET_ROOT", "DOTNET_BUNDLE_EXTRACT_BASE_DIR", "LD_LIBRARY_PATH"];

    /// <summary>Tries a program.</summary>
    /// <param name="program">The new version.</param>
    /// <param name="version">What it has to say that it is.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="IOException">It does not run, or is something else.</exception>
    public async Task Run(StagedProgram program, string version, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var said = await Ask(program, either.Token);
            if (!Array.Exists(said.Split(' '), word => VersionOrder.IsSame(word, version)))
                throw new IOException($"the program of version {version} says that it is \"{said}\"");
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"the program of version {version} did not say its version within {Limit.TotalSeconds} s", late);
        }
        catch (ChildStartException refused)
        {
            throw new IOException($"the program of version {version} does not start: {refused.Message}", refused);
        }
    }

    private async Task<string> Ask(StagedProgram program, CancellationToken cancellationToken)
    {
        await using var child = await Start(program, cancellationToken);
        try
        {
            await child.CloseInput();
            var answer = Read(child.StandardOutput, cancellationToken);
            var complaints = Read(child.StandardError, cancellationToken);
            var exit = await child.Exited.WaitAsync(cancellationToken);
            return exit.Succeeded
                ? await answer
                : throw new IOException($"the program ends with {exit} when asked for its version: {await complaints}");
        }
        finally
        {
            child.KillGroup();
        }
    }

    /// <summary>Another child that is just being started may hold the new file open for a moment, and then it cannot be run.</summary>
    private async Task<ChildProcess> Start(StagedProgram program, CancellationToken cancellationToken)
    {
        var start = new ChildProcessStart
        {
            Program = program.Command[0],
            Arguments = [.. program.Command.Skip(1), "--version"],
            Environment = Variables.Select(static name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
                .Where(static variable => variable.Value is not null)
                .ToDictionary(static variable => variable.Name, static variable => variable.Value!, StringComparer.Ordinal),
            WorkingDirectory = "/",
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return ChildProcess.Start(start);
            }
            catch (ChildStartException refused) when (refused.IsTransient && attempt < MostStarts)
            {
                await Task.Delay(BetweenStarts, clock, cancellationToken);
            }
        }
    }

    /// <summary>The first line.</summary>
    private static async Task<string> Read(Stream stream, CancellationToken cancellationToken)
    {
        var text = new byte[LongestAnswer];
        var beyond = new byte[LongestAnswer];
        var length = await stream.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken);
        while (await stream.ReadAsync(beyond, cancellationToken) > 0)
        {
            // read to the end, so that the program is not held up
        }

        return Encoding.UTF8.GetString(text, 0, length).Split('\n')[0].Trim();
    }
}
