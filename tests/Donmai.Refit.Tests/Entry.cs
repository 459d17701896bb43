namespace Donmai.Refit.Tests;

internal sealed record Entry
{
    public string Id { get; init; } = "";

    public long Amount { get; init; }
}
