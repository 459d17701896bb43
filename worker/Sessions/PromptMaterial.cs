using Donmai.Core.Sessions.Templates;
using Donmai.Worker.Kits;
using Donmai.Worker.Prompts;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>Puts together what a session's prompts are made of: the order, the place, skills, and the owner's or the repository's own texts.</summary>
internal static class PromptMaterial
{
    /// <summary>Puts it together.</summary>
    /// <exception cref="SessionFailureException">A template cannot be used (<c>prompt-render</c>).</exception>
    public static async Task<PromptFacts> Gather(
        SessionContext session, SessionOutcome outcome, IAgentHost host, CancellationToken cancellationToken)
    {
        var skills = SessionSkills.Read(session.Skills, host.Warn);
        var facts = new PromptFacts
        {
            Detail = session.Order.Detail,
            Branch = outcome.Tree?.Branch ?? "",
            BaseRef = outcome.Tree?.BaseRef ?? "",
            HasWorktree = session.HasWorktree,
            Skills = skills.Text,
            Refusals = skills.Refusals,
            Tracker = session.Rules.Tracker,
        };
        try
        {
            return facts with { Override = await new PromptTemplates(session.Rules, outcome.Git, outcome.Tree).Find(WorkInstructions.For(facts).Group, cancellationToken) };
        }
        catch (PromptTemplateException wrong)
        {
            throw new SessionFailureException(FailureMode.PromptRender, wrong.Message);
        }
    }
}
