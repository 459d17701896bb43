using System.Text.Json;
using System.Text.Json.Serialization;
using Donmai.Daemon;
using Donmai.Platform;
using Donmai.Providers;
using Donmai.Routing;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Workareas;

namespace Donmai;

/// <summary>How the control API writes and reads JSON (control-api.md §1.5).</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowOutOfOrderMetadataProperties = true,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(DaemonStatus))]
[JsonSerializable(typeof(DaemonStats))]
[JsonSerializable(typeof(DaemonActionAnswer))]
[JsonSerializable(typeof(DrainRequest))]
[JsonSerializable(typeof(CapacityChange))]
[JsonSerializable(typeof(CapacityChangeAnswer))]
[JsonSerializable(typeof(CapacityReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(CapabilityList))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(OutboxList))]
[JsonSerializable(typeof(OutboxDiscard))]
[JsonSerializable(typeof(OutboxDiscardRequest))]
[JsonSerializable(typeof(OutboxRetry))]
[JsonSerializable(typeof(OutboxRetryRequest))]
[JsonSerializable(typeof(PlatformReport))]
[JsonSerializable(typeof(PlatformStanding))]
[JsonSerializable(typeof(PlatformForgotten))]
[JsonSerializable(typeof(PoolStats))]
[JsonSerializable(typeof(PoolEviction))]
[JsonSerializable(typeof(PoolEvictionAnswer))]
[JsonSerializable(typeof(ProviderList))]
[JsonSerializable(typeof(ProviderAnswer))]
[JsonSerializable(typeof(SessionSpec))]
[JsonSerializable(typeof(SessionHandle))]
[JsonSerializable(typeof(List<SessionHandle>))]
[JsonSerializable(typeof(SessionDetail))]
[JsonSerializable(typeof(SessionInspection))]
[JsonSerializable(typeof(SessionLogLine))]
[JsonSerializable(typeof(SessionStopBody))]
[JsonSerializable(typeof(SessionStopOutcome))]
[JsonSerializable(typeof(InboxMessage))]
[JsonSerializable(typeof(InboxAcknowledgement))]
[JsonSerializable(typeof(SessionResult))]
[JsonSerializable(typeof(WorkerExitRecord))]
[JsonSerializable(typeof(AgentEvent))]
[JsonSerializable(typeof(RoutingExplanation))]
[JsonSerializable(typeof(RoutingConfigAnswer))]
[JsonSerializable(typeof(RoutingSimulationRequest))]
[JsonSerializable(typeof(RoutingSimulation))]
[JsonSerializable(typeof(WorkareaList))]
[JsonSerializable(typeof(Workarea))]
[JsonSerializable(typeof(WorkareaAnswer))]
[JsonSerializable(typeof(WorkareaDifference))]
[JsonSerializable(typeof(WorkareaDiffAnswer))]
[JsonSerializable(typeof(WorkareaDiffEnd))]
[JsonSerializable(typeof(WorkareaRestore))]
[JsonSerializable(typeof(ErrorBody))]
public sealed partial class ControlApiJson : JsonSerializerContext;
