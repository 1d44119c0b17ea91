namespace AeVae.Tracking;
