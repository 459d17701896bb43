using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai pool stats</c>.</summary>
internal static class PoolStatsCommand
{
    private const long BytesPerMebibyte = 1024 * 1024;

    public static Command Create() => new Command("stats", "Show the pool and its members.") { VerbOptions.Json }.Asks(Show);

    /// <summary>Writes the pool for people.</summary>
    internal static void Write(IScreen screen, PoolStats pool)
    {
        new Facts()
            .Add("pool", $"{Amounts.Of(pool.TotalMembers, "member")}: {pool.ReadyMembers} ready, {pool.AcquiredMembers} acquired, {pool.WarmingMembers} warming, {pool.InvalidMembers} invalid")
            .Add("disk", Amounts.Bytes(pool.TotalDiskUsageMb * BytesPerMebibyte))
            .Add("trouble", pool.Error, Tone.Bad)
            .WriteTo(screen);
        if (pool.Members.Count == 0)
            return;
        screen.Write(Line.Empty);
        screen.Write(Listing(pool));
    }

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var pool = await client.PoolStats(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, pool);
        else
            Write(Screen.For(parsed), pool);
    }

    private static Listing Listing(PoolStats pool)
    {
        var listing = new Listing("MEMBER", "STATUS", "REPOSITORY", "REF", "TOOLS", "SIZE", "SESSION");
        foreach (var member in pool.Members)
        {
            listing.Add(
                (member.Id, Tone.Name),
                (member.Status, member.Status == "ready" ? Tone.Good : member.Status == "invalid" ? Tone.Bad : Tone.Plain),
                (member.Repository, Tone.Plain),
                (member.Ref, Tone.Quiet),
                (member.ToolchainKey, Tone.Quiet),
                (Amounts.Bytes(member.DiskUsageMb * BytesPerMebibyte), Tone.Quiet),
                (member.AcquiredBy ?? "", Tone.Quiet));
        }

        return listing;
    }
}
