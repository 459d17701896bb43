using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon;

/// <summary>
/// <c>daemon.yaml</c> of a running program: what it says is in force, and changes of it come into force (daemon-runtime.md §2.7, §2.8).
/// </summary>
public sealed partial class ConfigurationFile : IConfigurationFile, IDisposable
{
    private const int MostAttempts = 10;

    private readonly ConfigurationSource _source;
    private readonly ConfigurationEditing _editing;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TimeProvider _time;
    private readonly ILogger<ConfigurationFile> _logger;
    private IReadOnlyDictionary<string, string> _written;
    private string _text; // of what is in force: written again by a change that finds no file

    /// <summary>Reads the file and puts it in force.</summary>
    /// <param name="path">The file; need not exist.</param>
    /// <param name="source">How it is read, and what stands in for it when it does not exist.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of changes.</param>
    /// <param name="adapt">What this process changes about every configuration that it takes; <see langword="null"/> for nothing.</param>
    /// <exception cref="DaemonConfigurationException">The file cannot be read or used.</exception>
    public ConfigurationFile(
        string path,
        ConfigurationSource source,
        TimeProvider time,
        ILogger<ConfigurationFile> logger,
        Func<DaemonConfiguration, DaemonConfiguration>? adapt = null)
    {
        Path = System.IO.Path.GetFullPath(path);
        _source = source;
        _editing = new ConfigurationEditing(source.Reader.Paths);
        _time = time;
        _logger = logger;
        var text = ConfigurationText.Load(Path);
        IsNew = text is null;
        _text = text ?? source.Generate();
        var read = source.Reader.Parse(Path, _text);
        _written = read.Written;
        InForce = new ConfigurationInForce(read.Configuration, adapt);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <summary>Whether there was no file at the start; a generated configuration is in force then, and is written by the first change.</summary>
    public bool IsNew { get; }

    /// <summary>The configuration in force.</summary>
    public ConfigurationInForce InForce { get; }

    /// <inheritdoc/>
    public async Task<DaemonConfiguration> Change(IReadOnlyList<ConfigurationEdit> edits, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await ChangeAlone(edits, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationWriteException(
                $"{Path} cannot be written ({failure.Message.TrimEnd('.')}); it is as it was. Make room on its disk or allow writing.", failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads the file again and puts it in force; one that is missing or cannot be used changes nothing, and is warned of (DR-13).</summary>
    public async Task Reload(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (ConfigurationText.Load(Path) is { } text)
                Take(text, _source.Reader.Parse(Path, text));
            else
                Missing(Path);
        }
        catch (DaemonConfigurationException broken)
        {
            foreach (var violation in broken.Violations)
                NotReloaded(Path, violation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<DaemonConfiguration> ChangeAlone(IReadOnlyList<ConfigurationEdit> edits, CancellationToken cancellationToken)
    {
        // A link is followed: its target is replaced, the link stays.
        var target = new FileInfo(Path).LinkTarget is null ? Path : File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName;
        DurableFile.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        using var alone = await ConfigurationLock.Take(target + ".lock", _time, cancellationToken);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var text = ConfigurationText.Load(Path);
            var changed = _editing.Apply(Path, text ?? _text, edits);
            var read = _source.Reader.Parse(Path, changed);
            if (changed != text && !TryReplace(target, text, changed))
                continue;
            Take(changed, read);
            return read.Configuration;
        }

        throw new ConfigurationWriteException($"{Path} is being written by another program all the time; it is as that program left it. Try again.");
    }

    /// <summary>Replaces the file unless somebody has changed it since <paramref name="expected"/> was read, who then did not ask for the lock.</summary>
    private bool TryReplace(string target, string? expected, string text)
    {
        var directory = System.IO.Path.GetDirectoryName(target)!;
        foreach (var left in Directory.EnumerateFiles(directory, System.IO.Path.GetFileName(target) + ".*.tmp"))
            File.Delete(left); // of a writer that died: the lock is held, so nobody else writes
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}.tmp");
        try
        {
            DurableFile.Create(temporary, Encoding.UTF8.GetBytes(text));
            if (ConfigurationText.Load(Path) != expected)
                return false;
            DurableFile.Replace(temporary, target);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private void Take(string text, ReadConfiguration read)
    {
        _text = text;
        var changed = read.Written.Except(_written).Concat(_written.Except(read.Written)).Select(static leaf => leaf.Key).Distinct().Order(StringComparer.Ordinal).ToList();
        _written = read.Written;
        if (changed.Count == 0)
            return;
        InForce.Replace(read.Configuration);
        var atStart = changed.FindAll(ConfigurationKeys.IsOfStart);
        var (now, later) = (string.Join(", ", changed.Except(atStart)), string.Join(", ", atStart));
        if (now.Length > 0)
            Changed(Path, now);
        if (later.Length > 0)
            NeedsRestart(Path, later);
    }
}
