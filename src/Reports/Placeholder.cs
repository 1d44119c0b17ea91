namespace AeVae.Reports;
