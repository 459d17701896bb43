using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>Two archives whose difference is shown in one of its shapes.</summary>
/// <param name="client">The daemon that has them.</param>
/// <param name="older">The old side.</param>
/// <param name="newer">The new side.</param>
/// <param name="isWhole">Whether people are shown what git keeps for itself, too; programs always get it.</param>
internal sealed class ArchivePair(DonmaiClient client, string older, string newer, bool isWhole)
{
    private readonly GitInternals _leftOut = new();
    private WorkareaDiffSummary _summary = new();

    /// <summary>A line for each path, as it is found.</summary>
    public async Task WriteList(IScreen screen, CancellationToken cancellationToken)
    {
        await foreach (var difference in Shown(cancellationToken))
            screen.Write(DifferenceText.Row(difference));
        if (_leftOut.TakenFrom(_summary).Total > 0)
            screen.Write(Line.Empty);
        WriteSummary(screen);
    }

    /// <summary>The paths as a tree.</summary>
    public async Task WriteTree(IScreen screen, CancellationToken cancellationToken)
    {
        var tree = new DifferenceTree();
        await foreach (var difference in Shown(cancellationToken))
            tree.Add(difference);
        WriteSummary(screen);
        foreach (var line in tree.Lines())
            screen.Write(line);
    }

    /// <summary>Lines that changed in each file.</summary>
    public async Task WriteStat(IScreen screen, CancellationToken cancellationToken)
    {
        var files = await ArchivedFiles.Of(client, older, newer, cancellationToken);
        var stat = new DifferenceStat();
        await foreach (var difference in Shown(cancellationToken))
        {
            var (a, b) = await files.Sides(difference, cancellationToken);
            stat.Add(difference.Path, a, b);
        }

        foreach (var line in stat.Lines())
            screen.Write(line);
        if (_leftOut.Note() is { } note)
            screen.Write(Line.Of((" " + note, Tone.Quiet)));
    }

    /// <summary>The changes themselves.</summary>
    /// <param name="screen">Where they go.</param>
    /// <param name="aside">Where it goes what is no part of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WritePatch(PatchScreen screen, IScreen aside, CancellationToken cancellationToken)
    {
        var files = await ArchivedFiles.Of(client, older, newer, cancellationToken);
        await foreach (var difference in Shown(cancellationToken))
        {
            var (a, b) = await files.Sides(difference, cancellationToken);
            foreach (var line in PatchText.Of(difference.Path, a, b))
                screen.Write(line);
        }

        if (_leftOut.Note() is { } note)
            aside.Write(Line.Of((note, Tone.Quiet)));
    }

    /// <summary>JSON in lines, as the control API streams it.</summary>
    public async Task WriteLines(TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var difference in Differences(cancellationToken))
                await JsonOutput.Write(output, difference);
        }
        catch (DonmaiClientException failure)
        {
            await JsonOutput.WriteError(output, TerminalText.OneLine(failure.Message));
            throw;
        }

        await JsonOutput.Write(output, new WorkareaDiffEnd { Summary = _summary });
    }

    /// <summary>JSON in one piece, as the control API answers it.</summary>
    public async Task WriteJson(TextWriter output, CancellationToken cancellationToken)
    {
        var entries = await Differences(cancellationToken).ToListAsync(cancellationToken);
        await JsonOutput.Write(output, new WorkareaDiffAnswer { Diff = new WorkareaDiff { Summary = _summary, Entries = entries } });
    }

    private void WriteSummary(IScreen screen)
    {
        screen.Write(DifferenceText.Of(_leftOut.TakenFrom(_summary), _leftOut.Total > 0));
        if (_leftOut.Note() is { } note)
            screen.Write(Line.Of((note, Tone.Quiet)));
    }

    private IAsyncEnumerable<WorkareaDifference> Shown(CancellationToken cancellationToken) =>
        Differences(cancellationToken).Where(difference => isWhole || !_leftOut.Takes(difference));

    private IAsyncEnumerable<WorkareaDifference> Differences(CancellationToken cancellationToken) =>
        client.Diff(older, newer, done => _summary = done, cancellationToken);
}
