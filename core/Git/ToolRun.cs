using System.Text;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Git;

/// <summary>Runs a program that works on a repository: in its own process group, which ends with a cancelled call.</summary>
/// <param name="program">Absolute path.</param>
/// <param name="environment">Its complete environment.</param>
/// <param name="clock">Source of waiting.</param>
internal sealed class ToolRun(string program, IReadOnlyDictionary<string, string> environment, TimeProvider clock)
{
    private const int ErrorTail = 64 * 1024;
    private static readonly TimeSpan TerminateGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs one command.</summary>
    /// <param name="directory">Existing directory it runs in.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="cancellationToken">Ends it with its group.</param>
    /// <exception cref="GitFailureException">It could not be started.</exception>
    public async Task<GitOutcome> Run(string directory, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var child = Start(directory, arguments);
        var feeding = Feed(child, input);
        var output = ReadAll(child.StandardOutput, int.MaxValue);
        var error = ReadAll(child.StandardError, ErrorTail);
        try
        {
            var exit = await child.Exited.WaitAsync(cancellationToken);
            await Drain(child, Task.WhenAll(feeding, output, error));
            return new GitOutcome(exit, await output, GitFailures.Mask(await error));
        }
        catch (OperationCanceledException)
        {
            await End(child);
            throw;
        }
    }

    // A program that does not read what it is given closes the pipe.
    private static async Task Feed(ChildProcess child, string input)
    {
        try
        {
            if (input.Length > 0)
                await child.StandardInput.WriteAsync(Encoding.UTF8.GetBytes(input));
            await child.CloseInput();
        }
        catch (Exception closed) when (closed is ObjectDisposedException or IOException)
        {
            return;
        }
    }

    // A helper that it left running may keep the pipes open.
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
            throw new GitFailureException(
                GitFailureClass.Other,
                Directory.Exists(directory) ? refused.Message : $"{Path.GetFileName(program)}: there is no directory '{directory}'");
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
