namespace Donmai.Platform;

/// <summary>Nothing of that id waits for the platform or was refused by it: 404.</summary>
[GenerateSerializer, Alias("donmai.OutboxItemNotFoundException")]
public sealed class OutboxItemNotFoundException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="id">The id as it was given.</param>
    public OutboxItemNotFoundException(string id)
        : base($"nothing with the id '{id}' waits for the platform or was refused by it")
    {
        Id = id;
    }

    /// <summary>The id as it was given.</summary>
    [Id(0)] public string Id { get; private set; }
}
