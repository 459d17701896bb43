using System.Text;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Git;

/// <summary>
/// Runs git: in its own process group, without a terminal, with a composed environment; a cancelled call is ended with its whole group
/// (worker.md §5.2).
/// </summary>
/// <param name="program">Absolute path of git.</param>
/// <param name="environment">The complete environment (<see cref="GitEnvironment"/>).</param>
/// <param name="clock">Source of waiting.</param>
public sealed class GitProgram(string program, IReadOnlyDictionary<string, string> environment, TimeProvider clock)
{
    private const int ErrorTail = 64 * 1024;
    private static readonly TimeSpan TerminateGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);

    /// <summary>Finds git on a search path.</summary>
    /// <param name="environment">The complete environment of every call.</param>
    /// <param name="clock">Source of waiting.</param>
    /// <exception cref="GitFailureException">There is no git.</exception>
    public static GitProgram Find(IReadOnlyDictionary<string, string> environment, TimeProvider clock) =>
        ProgramSearch.Find("git", environment.GetValueOrDefault("PATH")) is { } path
            ? new GitProgram(path, environment, clock)
            : throw new GitFailureException(GitFailureClass.Other, "git was not found on PATH; install it (Debian: apt install git)");

    /// <summary>The same program with one more variable.</summary>
    public GitProgram With(string name, string value) =>
        new(program, new Dictionary<string, string>(environment, StringComparer.Ordinal) { [name] = value }, clock);

    /// <summary>Runs one command.</summary>
    /// <param name="directory">Existing directory it runs in.</param>
    /// <param name="arguments">Arguments, without <c>git</c>.</param>
    /// <param name="cancellationToken">Ends the command with its group.</param>
    /// <returns>What it left, whether it succeeded or not.</returns>
    /// <exception cref="GitFailureException">git could not be started.</exception>
    public async Task<GitOutcome> Run(string directory, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var child = Start(directory, arguments);
        await child.CloseInput();
        var output = ReadAll(child.StandardOutput, int.MaxValue);
        var error = ReadAll(child.StandardError, ErrorTail);
        try
        {
            var exit = await child.Exited.WaitAsync(cancellationToken);
            await Drain(child, Task.WhenAll(output, error));
            return new GitOutcome(exit, await output, GitFailures.Mask(await error));
        }
        catch (OperationCanceledException)
        {
            await End(child);
            throw;
        }
    }

    /// <summary>Runs one command that has to succeed.</summary>
    /// <param name="directory">Existing directory it runs in.</param>
    /// <param name="arguments">Arguments, without <c>git</c>.</param>
    /// <param name="cancellationToken">Ends the command with its group.</param>
    /// <returns>Its standard output.</returns>
    /// <exception cref="GitFailureException">It failed.</exception>
    public async Task<string> Must(string directory, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var outcome = await Run(directory, arguments, cancellationToken);
        return outcome.Succeeded
            ? outcome.Output
            : throw outcome.ToFailure($"git {arguments.FirstOrDefault(static word => !word.StartsWith('-'))}");
    }

    // A helper that git left running may keep the pipes open.
    private async Task Drain(ChildProcess child, Task reading)
    {
        try
        {
            await reading.WaitAsync(PipeGrace, clock);
        }
        catch (TimeoutException)
        {
            await child.DisposeAsync();
        }
    }

    private ChildProcess Start(string directory, IReadOnlyList<string> arguments)
    {
        try
        {
            return ChildProcess.Start(new ChildProcessStart
            {
                Program = program,
                Arguments = arguments,
                Environment = environment,
                WorkingDirectory = directory,
            });
        }
        catch (ChildStartException refused)
        {
            // The system says the same of a program and of a directory that is not there.
            throw new GitFailureException(GitFailureClass.Other, Directory.Exists(directory) ? refused.Message : $"git: there is no directory '{directory}'");
        }
    }

    private async Task End(ChildProcess child)
    {
        child.TerminateGroup();
        try
        {
            await child.Exited.WaitAsync(TerminateGrace, clock);
        }
        catch (TimeoutException)
        {
            child.KillGroup();
            await child.Exited;
        }
    }

    private static async Task<string> ReadAll(Stream stream, int keepLast)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await ReadSome(stream, buffer)) > 0)
        {
            kept.Write(buffer, 0, count);
            if (kept.Length > keepLast * 2L)
                KeepLast(kept, keepLast);
        }

        if (kept.Length > keepLast)
            KeepLast(kept, keepLast);
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    private static void KeepLast(MemoryStream kept, int count)
    {
        var tail = kept.GetBuffer().AsSpan((int)kept.Length - count, count).ToArray();
        kept.SetLength(0);
        kept.Write(tail);
    }

    // A call that was cancelled closes the pipes under its readers.
    private static async Task<int> ReadSome(Stream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (Exception closed) when (closed is ObjectDisposedException or IOException or OperationCanceledException)
        {
            return 0;
        }
    }
}
