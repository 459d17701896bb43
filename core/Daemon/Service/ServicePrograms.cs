using System.Collections;
using System.Text;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Daemon.Service;

/// <summary>Runs the programs by which a system's services are managed, as found on the <c>PATH</c>.</summary>
/// <param name="environment">The complete environment of every program.</param>
public sealed class ServicePrograms(IReadOnlyDictionary<string, string> environment)
{
    private const int SignalBase = 128;

    /// <summary>Programs in this process's environment, with messages that can be recognized.</summary>
    public static ServicePrograms OfThisProcess()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        environment["LC_ALL"] = "C";
        return new ServicePrograms(environment);
    }

    /// <summary>Value of an environment variable.</summary>
    public string? Variable(string name) => environment.GetValueOrDefault(name);

    /// <summary>Absolute path of a program; <see langword="null"/> when there is none of that name.</summary>
    public string? Find(string name) => ProgramSearch.Find(name, Variable("PATH"));

    /// <summary>Runs a program to its end.</summary>
    /// <param name="name">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServiceException">There is no such program, or it could not be started.</exception>
    public async Task<ServiceProgramOutcome> Run(string name, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await using var child = Start(name, arguments);
        await child.CloseInput();
        await using var ending = cancellationToken.Register(child.TerminateGroup);
        var output = ReadAll(child.StandardOutput, cancellationToken);
        var error = ReadAll(child.StandardError, cancellationToken);
        var exit = await child.Exited;
        cancellationToken.ThrowIfCancellationRequested();
        return new ServiceProgramOutcome(exit.Code ?? SignalBase + exit.Signal ?? SignalBase, await output, await error);
    }

    /// <summary>Runs a program and gives its standard output line by line, as it comes.</summary>
    /// <param name="name">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServiceException">There is no such program, it could not be started, or it failed.</exception>
    public async IAsyncEnumerable<string> Lines(
        string name, IReadOnlyList<string> arguments, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var child = Start(name, arguments);
        await child.CloseInput();
        var error = ReadAll(child.StandardError, cancellationToken);
        try
        {
            using var reader = new StreamReader(child.StandardOutput, Encoding.UTF8, leaveOpen: true);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
                yield return line;
        }
        finally
        {
            // Also when whoever reads has had enough.
            if (!child.Exited.IsCompleted)
                child.TerminateGroup();
        }

        var exit = await child.Exited;
        if (exit.Code is > 0)
            throw new ServiceException($"{name} failed ({exit}): {new ServiceProgramOutcome(exit.Code.Value, "", await error).Said}");
    }

    private ChildProcess Start(string name, IReadOnlyList<string> arguments)
    {
        var program = Find(name) ?? throw new ServiceException($"There is no program '{name}' on the PATH.");
        try
        {
            return ChildProcess.Start(new ChildProcessStart { Program = program, Arguments = arguments, Environment = environment, WorkingDirectory = "/" });
        }
        catch (ChildStartException refused)
        {
            throw new ServiceException(refused.Message);
        }
    }

    private static async Task<string> ReadAll(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
