namespace Donmai.Silo.Gateway.Description;

/// <summary>One route with one method, as the description of the control API tells it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path with <c>{name}</c> where a part varies.</param>
/// <param name="Name">Name for generated clients, unique.</param>
/// <param name="Summary">What it does, in a few words.</param>
internal sealed record Operation(string Method, string Path, string Name, string Summary)
{
    /// <summary>What else there is to know, in Markdown.</summary>
    public string Remarks { get; init; } = "";

    /// <summary>What can be said in path, query and headers.</summary>
    public IReadOnlyList<OperationParameter> Parameters { get; init; } = [];

    /// <summary>What the request carries; <see langword="null"/> when a body is ignored.</summary>
    public OperationBody? Body { get; init; }

    /// <summary>What it answers, beyond what every route may answer (<see cref="CommonAnswers"/>).</summary>
    public required IReadOnlyList<OperationAnswer> Answers { get; init; }

    /// <summary>The record of refusals that no kind of its own has.</summary>
    public Type Refusals { get; init; } = typeof(ErrorBody);
}
