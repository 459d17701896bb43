namespace Donmai.Core.Daemon;

/// <summary>
/// Finds out what a machine can do (daemon-runtime.md §5). <c>npm</c> takes both <c>node</c> and <c>npm</c>, <c>python-pip</c> a <c>python3</c>
/// that has <c>pip</c>: an interpreter alone installs nothing.
/// </summary>
/// <param name="find">Absolute path of a program; <see langword="null"/> or empty when there is none. An <see cref="IOException"/> or a refused access counts as absent.</param>
/// <param name="succeeds">Whether a program with these arguments ends with success, in bounded time.</param>
public sealed class CapabilityDetection(
    Func<string, string?> find, Func<string, IReadOnlyList<string>, CancellationToken, Task<bool>> succeeds)
{
    /// <summary>What every machine can do.</summary>
    public static IReadOnlyList<string> Unconditional { get; } =
        [CapabilityKinds.Native, CapabilityKinds.Http, CapabilityKinds.HostBinary, CapabilityKinds.Workarea, CapabilityKinds.McpServer];

    private static readonly string[] PipVersion = ["-m", "pip", "--version"];

    /// <summary>Looks.</summary>
    /// <returns>The kinds, in the order of the specification.</returns>
    public async Task<IReadOnlyList<string>> Detect(CancellationToken cancellationToken)
    {
        List<string> kinds = [.. Unconditional.SkipLast(1)];
        if (Find("node") is not null && Find("npm") is not null)
            kinds.Add(CapabilityKinds.Npm);
        if (Find("python3") is { } python && await succeeds(python, PipVersion, cancellationToken))
            kinds.Add(CapabilityKinds.PythonPip);
        kinds.Add(Unconditional[^1]);
        return kinds;
    }

    private string? Find(string program)
    {
        try
        {
            return find(program) is { Length: > 0 } path ? path : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
