namespace AeVae.Models;

/// <summary>One measured number; its unit and definition stand in <see cref="Metrics"/>.</summary>
/// <param name="Split">Images it was computed on.</param>
/// <param name="Name">Name in <see cref="Metrics.All"/>.</param>
/// <param name="Value">Value in the metric's unit.</param>
public readonly record struct MetricValue(Split Split, string Name, double Value);
