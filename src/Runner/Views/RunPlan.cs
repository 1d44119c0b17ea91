using AeVae.Data;
using AeVae.Runner.Execution;

namespace AeVae.Runner.Views;

/// <summary>What is known when the first step begins.</summary>
sealed record RunPlan(string RunId, RunRequest Request, Splits Splits, long ParameterCount, int StepsPerEpoch);
