namespace Donmai.Core.Providers;

/// <summary>A provider that has to be looked for on this machine (control-api.md §6.1: <c>status</c> reflects a probe).</summary>
public interface IProbedProvider
{
    /// <summary>Its id, in lower case.</summary>
    string Name { get; }

    /// <summary>Looks for it without starting anything: quick enough for every routing decision.</summary>
    ProviderPlace Locate(ProbeSurroundings surroundings);

    /// <summary>Asks it whether it works, in <see cref="Sessions.Children.ProgramQuestion.UsualBound"/> at most. It is there (<see cref="Locate"/>).</summary>
    Task<ProviderFinding> Probe(ProbeSurroundings surroundings, CancellationToken cancellationToken);
}
