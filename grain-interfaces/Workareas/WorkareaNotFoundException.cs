namespace Donmai.Workareas;

/// <summary>No such work area: 404 with the id echoed.</summary>
[GenerateSerializer, Alias("donmai.WorkareaNotFoundException")]
public sealed class WorkareaNotFoundException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="workareaId">The id as it was given.</param>
    public WorkareaNotFoundException(string workareaId)
        : base("workarea not found")
    {
        WorkareaId = workareaId;
    }

    /// <summary>The id as it was given.</summary>
    [Id(0)] public string WorkareaId { get; private set; }
}
