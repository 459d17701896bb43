using System.Text;

namespace Donmai.Core.Sessions.Children;

/// <summary>
/// Asks installed programs about themselves (worker.md §4.0 CP-13): without a shell, without input, for a bounded time and a bounded amount of
/// output. A program that does not answer is killed with everything it started.
/// </summary>
/// <param name="clock">Source of time.</param>
/// <param name="bound">Longest wait for an answer; <see cref="UsualBound"/> when absent.</param>
public sealed class ProgramQuestion(TimeProvider clock, TimeSpan? bound = null)
{
    /// <summary>Wait that leaves a caller who has two seconds the time to say what happened.</summary>
    public static readonly TimeSpan UsualBound = TimeSpan.FromSeconds(1.75);

    private const int LongestAnswer = 256 * 1024;

    /// <summary>Starts the program and waits for its end.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its complete environment.</param>
    /// <param name="cancellationToken">Gives the question up.</param>
    public async Task<ProgramAnswer> Ask(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        ChildProcess child;
        try
        {
            child = ChildProcess.Start(new ChildProcessStart
            {
                Program = program,
                Arguments = arguments,
                Environment = environment,
                WorkingDirectory = Path.GetTempPath(),
            });
        }
        catch (ChildStartException refused)
        {
            return new ProgramAnswer { Refusal = refused.Message };
        }

        await using (child)
            return await Listen(child, cancellationToken);
    }

    private async Task<ProgramAnswer> Listen(ChildProcess child, CancellationToken cancellationToken)
    {
        await child.CloseInput();
        var complaints = Read(child.StandardError, cancellationToken); // or a program that complains a lot would never end
        var output = Read(child.StandardOutput, cancellationToken);
        try
        {
            await Task.WhenAll(output, complaints, child.Exited).WaitAsync(bound ?? UsualBound, clock, cancellationToken);
            return new ProgramAnswer { Exit = await child.Exited, Output = await output };
        }
        catch (TimeoutException)
        {
            // It may have ended and left somebody behind who holds its output.
            return child.Exited.IsCompletedSuccessfully ? new ProgramAnswer { Exit = await child.Exited } : new ProgramAnswer();
        }
        finally
        {
            child.KillGroup();
            await new Leftovers(adoptsOrphans: false, clock).End(child.Pid, []);
        }
    }

    private static async Task<string> Read(Stream stream, CancellationToken cancellationToken)
    {
        var kept = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
                kept.Write(buffer, 0, (int)Math.Min(count, LongestAnswer - kept.Length));
        }
        catch (Exception closed) when (closed is ObjectDisposedException or IOException or OperationCanceledException)
        {
            // Its time is over; what it said until then counts.
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}
